import { Route, Routes } from 'react-router-dom';
import { RequestDetail } from './RequestDetail';
import { RequestList } from './RequestList';

/** Page of change requests: the list, and one of them. */
export function RequestsPage() {
  return (
    <Routes>
      <Route path="/" element={<RequestList />} />
      <Route path="/:number" element={<RequestDetail />} />
    </Routes>
  );
}

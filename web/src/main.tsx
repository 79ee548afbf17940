import { render } from 'preact';
import './style/base.css';
import './style/catalog.css';
import './style/server.css';
import './style/health.css';
import { App } from './app.tsx';

const root = document.getElementById('app');
if (root !== null) render(<App />, root);
